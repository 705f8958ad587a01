#!/usr/bin/env node
// A Node.js that is too old has to be able to read this file, to say so in one sentence: nothing here is newer than Node.js 6.
const version = process.versions.node;
const parts = version.split('.').map(Number);

if (parts[0] > 20 || (parts[0] === 20 && parts[1] >= 19)) {
  const program = require('../dist/main.cjs');
  program.heedHangup();
  program.onCrash(program.tellBug);
  program.main(program.processHost()).then(program.endProcess);
} else {
  console.error(`error: extruct-task needs Node.js 20.19 or newer, and this is ${version}; install a newer one and run it again`);
  process.exitCode = 1;
}
