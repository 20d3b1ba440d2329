// every format became a class that needs nothing but deepliftc-runtime-core
def runtime = []
new File(localRepositoryPath, 'org/deepliftc/deepliftc-runtime-core').eachFileRecurse {
    if (it.name ==~ /deepliftc-runtime-core-.*\.jar/ && !(it.name ==~ /.*-(sources|javadoc|tests)\.jar/)) runtime << it
}
assert runtime.size() == 1
def classPath = [new File(basedir, 'target/classes'), runtime[0]].join(File.pathSeparator)
def java = new File(System.getProperty('java.home'), 'bin/java').path
def process = [java, '-cp', classPath, 'example.ShowContributions'].execute()
def out = new StringBuilder(), err = new StringBuilder()
process.waitForProcessOutput(out, err)
assert err.length() == 0 : err
def lines = out.readLines()
assert lines.size() == 2

// the point explained is named as in the file: relu falls from 2 to 0, a third of it by the first input
def relu = lines[0].split(' ')
assert Math.abs(relu[1].toDouble() + 2d / 3) <= 1e-6
assert Math.abs(relu[2].toDouble() + 4d / 3) <= 1e-6

// one network in both formats of Keras
def keras = lines[1].split(' ')
assert keras[1].toDouble() != 0
assert keras[1] == keras[2]

def log = new File(basedir, 'build.log').text
['Figure1', 'Recurrent', 'OlderFormat'].each { assert log.contains("Compiled example.$it") }
return true
