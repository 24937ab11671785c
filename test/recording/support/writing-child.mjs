// Records as the engine does, from the built package. `until-killed PATH`: says on stdout up to when it has recorded. `million PATH`: what a
// million small chunks cost, as one line of JSON.
import { writeSync } from 'node:fs';
import { openRecording } from '../../../dist/recording/writer.js';

const [mode, path] = process.argv.slice(2);
const clock = { now: () => performance.timeOrigin + performance.now() };
const fail = (problem) => {
  process.stderr.write(`${problem.message}\n`);
  process.exit(1);
};
const recorder = await openRecording({ path, clock, shakedown: '0.1.0', onTrouble: fail });
const turn = () => new Promise((resolve) => setImmediate(resolve));
const chunk = Buffer.alloc(125, 0x61);

const untilKilled = async () => {
  let told = 0;
  for (let id = 0; ; id++) {
    const atMs = clock.now();
    recorder.bytes(String(id % 100), 'client', chunk, atMs);
    if (atMs - told > 1) {
      writeSync(1, `${atMs}\n`);
      told = atMs;
    }
    await turn();
  }
};

const million = async () => {
  const some = async (count) => {
    for (let done = 0; done < count; done++) {
      recorder.bytes(String(done % 100), done % 2 ? 'client' : 'server', chunk, clock.now());
      if (done % 1000 === 0) await turn();
      if (done % 20_000 === 0) await recorder.flush();
    }
    await recorder.flush();
  };
  await some(100_000);
  const rssBefore = process.memoryUsage.rss();
  const cpuBefore = process.cpuUsage();
  let rssMost = rssBefore;
  for (let part = 0; part < 10; part++) {
    await some(100_000);
    rssMost = Math.max(rssMost, process.memoryUsage.rss());
  }
  const cpu = process.cpuUsage(cpuBefore);
  await recorder.close();
  writeSync(1, `${JSON.stringify({ grownMiB: (rssMost - rssBefore) / 1048576, cpuSeconds: (cpu.user + cpu.system) / 1e6 })}\n`);
};

await (mode === 'million' ? million() : untilKilled());
