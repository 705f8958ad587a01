#!/usr/bin/env node
const { endProcess, main, onCrash, processHost, tellBug } = require('../dist/main.cjs');

onCrash(tellBug);
main(processHost()).then(endProcess);
