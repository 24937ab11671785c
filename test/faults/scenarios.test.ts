import { HttpsProxyAgent } from 'https-proxy-agent';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createArmory } from '../../src/faults/armory.js';
import { findScenario } from '../../src/faults/find.js';
import { scenarioRules } from '../../src/faults/rules/parse-rules.js';
import { emptyExchange } from '../filter/subject.js';
import { openStage, type Scene } from './support/scene.js';

/** Each scenario at work: what npm ws says, and the finding that comes first. */
const plays: readonly (readonly [id: string, scene: Scene, finding: string, said: RegExp])[] = [
  ['nginx-default', { secure: false }, 'intermediary.upgrade-stripped', /server response: [24]/],
  ['nginx-default', {}, 'intermediary.upgrade-stripped', /server response: [24]/],
  ['ingress-no-upgrade', { secure: false }, 'intermediary.upgrade-stripped', /server response: [24]/],
  ['http10-middlebox', { secure: false }, 'intermediary.connection-header-lost', /server response: [24]/],
  ['squid', {}, 'intermediary.connect-refused', /403|disconnected|socket/i],
  ['cloudflare-waf', {}, 'intermediary.waf-block', /server response: 403/],
  ['captive-portal', { secure: false }, 'intermediary.captive-portal', /server response: 302/],
  ['captive-portal', {}, 'certificate.self-signed', /self-signed/],
  ['corporate-tls-interception', {}, 'intermediary.tls-interception', /self-signed certificate in certificate chain|unable to/],
  ['wrong-clock', {}, 'certificate.not-yet-valid', /not yet valid/],
];

describe('a scenario', () => {
  it.each(plays)('%s is met by npm ws (%j), and %s comes first', async (id, scene, finding, said) => {
    await using stage = await openStage({ ...scene, options: { scenarios: [id] } });
    const { client, findings, exchange } = await stage.play();
    expect([client.opened, findings[0]?.code]).toEqual([false, finding]);
    expect(client.error).toMatch(said);
    expect(findScenario(id).expects).toContain(finding);
    expect(exchange.applied.length).toBeGreaterThan(0);
  });

  it('sticky-session-lost fails each second handshake of Socket.IO, and leaves others alone', async () => {
    await using stage = await openStage({ secure: false, options: { scenarios: ['sticky-session-lost'] } });
    const agent = new HttpsProxyAgent(stage.shakedown.proxy);
    const connect = (path: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${stage.server.url}${path}`, { agent, origin: 'https://app.example' });
        socket.on('open', () => {
          socket.terminate();
          resolve('open');
        });
        socket.on('error', ({ message }) => resolve(message));
      });
    const told: string[] = [];
    for (const path of ['socket.io/?EIO=4', 'chat', 'socket.io/?EIO=4', 'chat']) told.push(await connect(path));
    expect(told).toEqual(['open', 'open', 'Unexpected server response: 400', 'open']);
  });

  it('deploy-restart takes its course by the clock', () => {
    let nowMs = 0;
    const armory = createArmory({ seed: 1, onChange: () => {}, now: () => nowMs });
    for (const { choices } of scenarioRules('deploy-restart', { http2: 'mirror' })) armory.armTogether(choices);
    let ordinal = 0;
    const struck = (atMs: number): string[] => {
      nowMs = atMs;
      ordinal += 1;
      return (['dial', 'response', 'bytes', 'frame'] as const).flatMap((stage) =>
        armory.forStage(stage, { ordinal, look: () => emptyExchange }).map(({ fault }) => fault.stage),
      );
    };
    expect([0, 9999, 10_000, 14_999, 15_000, 20_000].map(struck)).toEqual([['bytes'], ['bytes'], ['dial'], ['dial'], ['response'], []]);
  });

  it('flaky-mobile slows what it lets through, and the finding is not that anybody erred', async () => {
    await using stage = await openStage({ secure: false, patienceMs: 4000, options: { scenarios: ['flaky-mobile'] } });
    const { client, exchange, findings } = await stage.play();
    expect(client.messages).toEqual(['one', 'two', 'three']);
    expect(exchange.applied.map(({ id }) => id)).toContain('latency');
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
