import type { Reading } from './reader.js';

/** What whoever reads a recording should know of its end, as sentences; none when all is there. */
export const endingNotes = ({ torn, ending, first }: Pick<Reading, 'torn' | 'ending' | 'first'>): readonly string[] => {
  const notes: string[] = [];
  if (torn && first.lastLine === '') notes.push('the last line is torn and was left out; the recording process was ended.');
  if (ending === 'none') {
    const tear = torn ? ', and the last line is torn and was left out' : '';
    notes.push(`this recording has no end: its process was killed or is still running; up to the last 100 ms may be missing${tear}.`);
  }
  if (ending === 'none' || ending === 'unknown') return notes;
  const { bytes, events } = ending.lost;
  if (bytes > 0 || events > 0) notes.push(`this recording lacks ${bytes} bytes of payload and ${events} events; where, it says itself.`);
  return notes;
};
