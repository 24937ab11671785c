// Makes a redacted copy with the built package, says where it is, and stays until it is ended.
import { writeSync } from 'node:fs';
import { redactedCopy } from '../../dist/formats/redacted-copy.js';

const copy = await redactedCopy(process.argv[2]);
writeSync(1, `${copy.path}\n`);
if (process.argv[3] === 'exit') process.exit(0);
setInterval(() => {}, 1000);
