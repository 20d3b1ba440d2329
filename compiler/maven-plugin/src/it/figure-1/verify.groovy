import java.time.Instant
import java.time.OffsetDateTime

// the class needs nothing but deepliftc-runtime-core
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
['literals': 1e-6, 'loops': 1e-15].eachWithIndex { name, tolerance, i ->
    def words = lines[i].split(' ')
    assert words[0] == name
    assert Math.abs(words[1].toDouble() + 0.4d / 3) <= tolerance
    assert Math.abs(words[2].toDouble() + 0.8d / 3) <= tolerance
}

// weights are literals in the one class, a resource of the other
assert !new File(basedir, 'target/classes/example/Figure1.weights').exists()
assert new File(basedir, 'target/classes/example/Figure1Loops.weights').length() > 0

// generated sources are the same on every machine
['Figure1', 'Figure1Loops'].each {
    def source = new File(basedir, "target/generated-sources/deepliftc/example/${it}.java").text
    assert source.contains('figure1.dlift') : "${it}.java does not say what it was made from"
    assert !source.contains(basedir.path) : "${it}.java names a folder of this machine"
}

// the second build wrote nothing
def log = new File(basedir, 'build.log').text
assert log.count('Compiled example.Figure1Loops') == 1
assert log.contains('Up to date: 2 classes')
def firstEnd = OffsetDateTime.parse((log =~ /Finished at: (\S+)/)[0][1]).toInstant().plusSeconds(1)
['target/generated-sources/deepliftc/example/Figure1.java',
 'target/generated-sources/deepliftc/example/Figure1Loops.java',
 'target/generated-resources/deepliftc/example/Figure1Loops.weights',
 'target/classes/example/Figure1.class'].each {
    def file = new File(basedir, it)
    assert file.isFile()
    assert Instant.ofEpochMilli(file.lastModified()).isBefore(firstEnd) : "$it was written again"
}
return true
