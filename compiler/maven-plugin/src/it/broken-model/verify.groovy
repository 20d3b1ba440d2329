def log = new File(basedir, 'build.log').text

// both models' mistakes in one run, each with its place and its line, and no stack trace
assert log =~ /first\.dlift:3:\d+: error\[/
assert log =~ /second\.dlift:3:\d+: error\[/
assert log =~ /3 \| +output y = relu\(z\)/
assert log.contains('2 errors')
assert !(log =~ /(?m)^\s+at [\w.$]+\(/).find()
assert !new File(basedir, 'target/generated-sources/deepliftc/example').exists()
return true
