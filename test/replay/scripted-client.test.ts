import { afterEach, describe, expect, it } from 'vitest';
import { scriptOf } from '../../src/replay/script.js';
import { type PlayWorld, play } from '../../src/replay/scripted-client.js';
import {
  clientSays,
  connectHead,
  ended,
  granted,
  handshake,
  left,
  type Moment,
  normal,
  recordedOf,
  requestHead,
  serverFrame,
  serverSays,
  switching,
  tunnel,
} from './sample.js';
import { openDoor, type Visitor } from './scripted-door.js';

let close = async (): Promise<void> => {};
afterEach(() => close());

/** Plays the recorded moments against a door that `serve` stands behind. */
const played = async (moments: readonly Moment[], serve: (visitor: Visitor) => Promise<void>, more: Partial<PlayWorld> = {}) => {
  const script = scriptOf(recordedOf(moments));
  if (script.type !== 'script') throw new Error(script.why);
  const door = await openDoor(serve);
  close = door.close;
  const result = await play(script, { door: door.door, caPem: '', timeoutMs: 10_000, ...more });
  await door.served;
  return result;
};

/** Opens the tunnel and hears the request head. */
const letIn = async ({ reads, says }: Visitor, answer = switching()): Promise<void> => {
  expect(await reads(connectHead.length)).toBe(connectHead);
  await says(granted);
  expect(await reads(requestHead().length)).toBe(requestHead());
  await says(answer);
};
const hears = async ({ reads }: Visitor, { chunk }: { readonly chunk: Uint8Array }): Promise<void> => {
  expect(await reads(chunk.length)).toBe(Buffer.from(chunk).toString('latin1'));
};

describe('the scripted client', () => {
  it('says what was recorded, in turn, and ends when the server does', async () => {
    const moments = [
      ...tunnel,
      ...handshake(),
      [20, clientSays('one')],
      [21, serverSays('re')],
      [22, clientSays('two')],
      ...ended(23),
    ] as const;
    const result = await played(moments, async (visitor) => {
      await letIn(visitor);
      await hears(visitor, clientSays('one'));
      // The second message may not come before this has gone out.
      await visitor.says(serverSays('re').chunk);
      await hears(visitor, clientSays('two'));
      visitor.peer.end();
      expect(await visitor.ends()).toBe('fin');
    });
    expect(result).toMatchObject({ ended: 'served', notes: [] });
    expect(result.localPort).toBeGreaterThan(0);
  });

  it('waits for each SOCKS5 reply before it says more', async () => {
    const bytes = '\x05\x01\x00\x05\x01\x00\x03\x08api.test\x00\x50';
    const moments = [
      [0, { type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 1 }, entrance: null }],
      [1, { type: 'entrance', entrance: 'socks5', request: bytes }],
      ...handshake(),
      ...ended(20),
    ] as const;
    const result = await played(moments, async ({ reads, says, peer, ends }) => {
      expect(await reads(3)).toBe('\x05\x01\x00');
      await says('\x05\x00');
      expect(await reads(bytes.length - 3)).toBe(bytes.slice(3));
      await says('\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00');
      expect(await reads(requestHead().length)).toBe(requestHead());
      await says(switching());
      peer.end();
      await ends();
    });
    expect(result.ended).toBe('served');
  });

  it.each([
    ['HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n', 'entrance-refused'],
    ['nonsense\r\n\r\n', 'entrance-refused'],
  ])('goes no further than an entrance that answers %j', async (reply, how) => {
    const result = await played([...tunnel, ...handshake(), ...ended(20)], async ({ reads, says, ends }) => {
      await reads(connectHead.length);
      await says(reply);
      expect(await ends()).toBe('fin');
    });
    expect(result.ended).toBe(how);
  });

  it('reads a refusal to its end and sends no frame', async () => {
    const result = await played([...tunnel, ...handshake(), [20, clientSays('one')], ...ended(23)], async (visitor) => {
      await letIn(visitor, 'HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\n');
      await visitor.says('nope');
      expect(await visitor.ends()).toBe('fin');
    });
    expect(result.ended).toBe('refused');
  });

  it('passes over informational answers', async () => {
    const result = await played([...tunnel, ...handshake(), ...left(20)], async (visitor) => {
      await letIn(visitor, 'HTTP/1.1 103 Early Hints\r\n\r\n');
      await visitor.says(switching());
      expect(await visitor.ends()).toBe('fin');
    });
    expect(result.ended).toBe('served');
  });

  it('hangs up on an answer that is no HTTP', async () => {
    const result = await played([...tunnel, ...handshake(), ...left(20)], async (visitor) => {
      await letIn(visitor, 'SSH-2.0-OpenSSH');
      expect(await visitor.ends()).toBe('fin');
    });
    expect(result.ended).toBe('no-answer');
  });

  it('breaks off with a reset where the recorded client did', async () => {
    await played([...tunnel, ...handshake(), [20, clientSays('one')], ...left(20, 'reset')], async (visitor) => {
      await letIn(visitor);
      await hears(visitor, clientSays('one'));
      expect(await visitor.ends()).toBe('reset');
    });
  });

  it('answers the Pings that come now', async () => {
    const moments = [...tunnel, ...handshake(), [20, serverSays('go')], ...left(20)] as const;
    await played(moments, async (visitor) => {
      await letIn(visitor);
      await visitor.says(serverFrame('ping', Buffer.from('xy')).chunk);
      const pong = Buffer.from(await visitor.reads(8), 'latin1');
      expect(pong.subarray(0, 2).toString('hex')).toBe('8a82');
      expect([pong.readUInt8(6) ^ pong.readUInt8(2), pong.readUInt8(7) ^ pong.readUInt8(3)]).toEqual([0x78, 0x79]);
      await visitor.says(serverSays('go').chunk);
      expect(await visitor.ends()).toBe('fin');
    });
  });

  it('answers a Close that comes before its time, and says nothing more', async () => {
    const moments = [...tunnel, ...handshake(), [20, serverSays('go')], [21, clientSays('never')], ...ended(22)] as const;
    const result = await played(moments, async (visitor) => {
      await letIn(visitor);
      await visitor.says(serverFrame('close', normal).chunk);
      const answer = Buffer.from(await visitor.reads(8), 'latin1');
      expect(answer.subarray(0, 2).toString('hex')).toBe('8882');
      expect(await visitor.ends()).toBe('fin');
    });
    expect(result.ended).toBe('server-left');
  });

  it('goes on without a message that does not come, and waits for it only once', async () => {
    const moments = [
      ...tunnel,
      ...handshake(),
      [20, serverSays('lost')],
      [20, clientSays('one')],
      [20, serverSays('re')],
      [20, clientSays('two')],
      ...left(20),
    ] as const;
    const result = await played(moments, async (visitor) => {
      await letIn(visitor);
      await hears(visitor, clientSays('one'));
      await visitor.says(serverSays('re').chunk);
      await hears(visitor, clientSays('two'));
      expect(await visitor.ends()).toBe('fin');
    });
    expect(result.ended).toBe('silent');
  });

  it('gives up as a whole when its time is over', async () => {
    const result = await played(
      [...tunnel, ...handshake(), ...ended(20)],
      async ({ reads, ends }) => {
        await reads(connectHead.length);
        await ends();
      },
      { timeoutMs: 100 },
    );
    expect(result.ended).toBe('entrance-refused');
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const result = await played(
      [...tunnel, ...handshake(), [20, serverSays('later')], ...ended(20)],
      async (visitor) => {
        await letIn(visitor);
        stop.abort();
        await visitor.ends();
      },
      { signal: stop.signal },
    );
    expect(result.ended).not.toBe('served');
  });

  it('names the door that it cannot reach, as a problem of ours', async () => {
    const gone = await openDoor(async () => {});
    await gone.close();
    const script = scriptOf(recordedOf([...tunnel, ...handshake(), ...ended(20)]));
    if (script.type !== 'script') throw new Error(script.why);
    await expect(play(script, { door: gone.door, caPem: '', timeoutMs: 1000 })).rejects.toMatchObject({
      code: 'SHK_REPLAY',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
