// Loaded with --require into the process that is measured: answers each message with what it uses, garbage not counted.
process.on('message', () => {
  globalThis.gc();
  process.send(process.memoryUsage());
});
process.channel.unref();
