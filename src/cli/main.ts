#!/usr/bin/env node
import { createCli } from './cli.js';
import { exitCodeOf } from './exit-code.js';
import { complain } from './output.js';

try {
  await createCli(process.argv.slice(2)).parseAsync();
} catch (error) {
  complain(error);
  process.exitCode = exitCodeOf(error);
}
