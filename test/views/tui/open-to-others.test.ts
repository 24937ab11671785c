import { describe, expect, it } from 'vitest';
import { lineText } from '../../../src/views/paint.js';
import { frame } from '../../../src/views/tui/frame.js';
import { fakeControl, refused } from '../fake-control.js';
import { begin } from './begin.js';

const lan = { at: '0.0.0.0:8101', user: 'shakedown', password: 'aBcD-123', from: ['192.168.1.0/24'], privateTargets: false };

describe('a proxy that other machines reach', () => {
  it('says so on every screen, with the password that was made', async () => {
    const { press, screen, state } = await begin(fakeControl([refused()], { lan }));
    const told = ' ! OPEN TO OTHER MACHINES on 0.0.0.0:8101: user shakedown, password aBcD-123, from 192.168.1.0/24 only';
    expect(screen()).toContain(told);
    for (const key of ['enter', 'escape', 'f', 'escape']) {
      await press(key);
      expect(screen()).toContain(told);
    }
    const line = frame(state()).find((one) => lineText(one).includes('OPEN TO OTHER')) ?? [];
    expect(line.every(({ tone }) => tone === 'alarm')).toBe(true);
  });

  it('does not show a password that the user chose, and shows what else is open', async () => {
    const { screen } = await begin(fakeControl([], { lan: { ...lan, user: 'me', password: null, from: [], privateTargets: true } }));
    expect(screen()).toContain(' ! OPEN TO OTHER MACHINES on 0.0.0.0:8101: user me, your password, private addresses open');
  });

  it('is silent about it while there are none', async () => {
    const { screen } = await begin(fakeControl([refused()]));
    expect(screen()).not.toContain('OTHER MACHINES');
  });

  it('shows each entry of reverse mode', async () => {
    const reverse = [
      { prefix: '/api', url: 'http://127.0.0.1:4000' },
      { prefix: '', url: 'ws://127.0.0.1:3000' },
    ];
    const { press, screen } = await begin(fakeControl([], { reverse }), { columns: 160, rows: 40 });
    expect(screen()).toContain('reverse /api to: http://127.0.0.1:4000');
    expect(screen()).toContain('reverse to: ws://127.0.0.1:3000');
    expect(screen()).toContain('ws://127.0.0.1:8101/api/PATH goes straight to http://127.0.0.1:4000');
    await press('?');
    await press('G');
    expect(screen()).toContain('http://127.0.0.1:4000 (paths under /api)');
  });
});
