import { readFileSync, writeFileSync } from 'node:fs';
import type { Event } from '../../../src/model/event.js';
import type { Exchange } from '../../../src/model/exchange.js';
import { encodeEvent, encodeFirstLine } from '../../../src/recording/codec.js';
import { readExchanges } from '../../../src/recording/exchanges.js';
import type { Source } from '../../../src/recording/lines.js';
import { type Damage, type Reading, readRecording } from '../../../src/recording/reader.js';
import type { Recorder } from '../../../src/recording/recorder.js';
import type { Step } from './events.js';

export const firstLine = `${encodeFirstLine({ startedAt: '2026-01-31T09:05:00.000000Z', shakedown: '0.1.0' })}\n`;

export const recordingText = (events: readonly Event[]): string => firstLine + events.map((event) => `${encodeEvent(event)}\n`).join('');

export const writeText = (path: string, text: string | Uint8Array): string => {
  writeFileSync(path, text);
  return path;
};

export const linesOf = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(1, -1);

/** Everything that a reader says of a file. */
export const readAll = async (source: Source): Promise<Reading & { list: Event[]; damage: Damage[] }> => {
  const list: Event[] = [];
  const damage: Damage[] = [];
  const reading = await readRecording(source, { onEvent: (event) => list.push(event), onDamage: (each) => damage.push(each) });
  return { ...reading, list, damage };
};

export const exchangesIn = async (source: Source): Promise<Map<string, Exchange>> => {
  const found = new Map<string, Exchange>();
  for await (const { exchange } of readExchanges(source)) found.set(exchange.id, exchange);
  return found;
};

export const record = (recorder: Recorder, steps: readonly Step[]): void => {
  for (const step of steps) {
    if ('event' in step) recorder.event(step.event);
    else recorder.bytes(step.exchange, step.from, step.chunk, step.atMs);
  }
};
