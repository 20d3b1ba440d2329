def log = new File(basedir, 'build.log').text

// both models' mistakes in one run, each with its place, and no stack trace
assert log.contains('first.dlift:3:')
assert log.contains('second.dlift:3:')
assert log.contains("'z'")
assert !(log =~ /(?m)^\s+at [\w.$]+\(/).find()
assert !new File(basedir, 'target/generated-sources/deepliftc/example').exists()
return true
