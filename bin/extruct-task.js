#!/usr/bin/env node
import { endProcess, onCrash, processHost } from '../dist/host.js';
import { main, tellBug } from '../dist/main.js';

onCrash(tellBug);
endProcess(await main(processHost()));
