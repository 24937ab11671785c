import { describe, expect, it } from 'vitest';
import { faults } from '../../src/faults/catalogue.js';
import type { Fault } from '../../src/faults/fault.js';
import { scenes } from './scenes/scenes.js';
import { openStage, type Played, type Stage } from './support/scene.js';

/** What a client and a server can see of a conversation; the random key of a handshake is left out. */
const visible = ({ client, exchange, seen }: Played) => ({
  client,
  ends: { client: exchange.client.end, server: exchange.server?.end && { ...exchange.server.end, at: '' } },
  request: seen.at(-1)?.rawHeaders.filter((_, index, all) => all[index - 1]?.toLowerCase() !== 'sec-websocket-key'),
  sameHeads: [
    exchange.heads.serverGot?.raw === exchange.heads.clientSent?.raw,
    exchange.heads.clientGot?.raw === exchange.heads.serverSent?.raw,
  ],
  given: exchange.given,
  applied: exchange.applied,
});
const timeless = (played: Played) => {
  const { ends, ...rest } = visible(played);
  return { ...rest, ends: { client: ends.client && { ...ends.client, at: '' }, server: ends.server } };
};

/** Faults that need a peer of their own have tests of their own, and say so here. */
const stageOf = (fault: Fault): Promise<Stage> => openStage(scenes[fault.id] ?? {});

// npm ws speaks no HTTP/2: test/proxy/http2-faults.test.ts runs those of the stage http2.
// Those of http-response change no handshake: test/proxy/http-response-faults.test.ts.
const here = faults.filter(({ stage }) => stage !== 'http2' && stage !== 'http-response');

const law = 'is applied, changes something, and is found by the rule that it names; disarmed, nothing is left of it';

const holds = async (id: string, fault: Fault): Promise<void> => {
  const scene = scenes[id] ?? {};
  await using stage = await stageOf(fault);
  const before = timeless(await stage.play('unharmed'));
  const { choice } = await stage.shakedown.arm(stage.choice ?? fault.example);
  const expected = scene.expects ?? fault.expects;
  const played = await stage.play(expected.length === 0 ? 'unharmed' : undefined);
  expect(played.exchange.faultFailures).toEqual([]);
  expect(played.exchange.applied.map((applied) => applied.id)).toContain(id);
  for (const applied of played.exchange.applied) expect(applied.after).not.toBe(applied.before);

  const codes = played.findings.map(({ code }) => code);
  if (expected.length === 0) expect(played.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([]);
  else if (scene.besides === undefined) expect(expected).toContain(codes[0]);
  else expect(codes.some((code) => expected.includes(code))).toBe(true);

  await stage.shakedown.disarm(choice.key);
  expect(timeless(await stage.play('unharmed'))).toEqual(before);
};

/** These keep a client so busy that its neighbours would run out of time. */
const heavy: ReadonlySet<string> = new Set(['deflate-bomb']);
const named = here.map((fault): [string, Fault] => [fault.id, fault]);

describe.concurrent.each(named.filter(([id]) => !heavy.has(id)))('%s, on a real conversation', (id, fault) => {
  it(law, () => holds(id, fault));
});

describe.each(named.filter(([id]) => heavy.has(id)))('%s, on a real conversation', (id, fault) => {
  it(law, () => holds(id, fault));
});
