import { setFlagsFromString } from 'node:v8';

/**
 * V8 counts the buffers of a relay, 16 KiB a chunk, into what the heap has grown by. Its own factor for a heap as small as ours lets it mark
 * everything after each 10 MB of traffic; this one, the largest that V8 itself would choose, leaves the buffers to the cheap scavenges.
 * The flags are the process's, so that this is for the program only, never for the library.
 */
export const letHeapGrow = (): void => setFlagsFromString('--heap-growing-percent=300');

/**
 * For a program that only reads and shows: V8 collects sooner, in place of growing to several times what it holds. Measured with a million messages
 * on the screen: 120 MB in place of 185. Before the modules are loaded that are to profit, and before a worker is started.
 */
export const keepHeapSmall = (): void => {
  setFlagsFromString('--optimize-for-size');
  setFlagsFromString('--semi-space-growth-factor=1');
};
