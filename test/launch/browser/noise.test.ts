import { describe, expect, it } from 'vitest';
import { isBrowserNoise, noiseHosts, noiseOf } from '../../../src/launch/browser/noise.js';

const noise = (host: string, name: keyof typeof noiseHosts = 'chromium'): boolean => isBrowserNoise({ host }, noiseHosts[name]);

describe("a browser's own requests", () => {
  it.each([
    ['chromium', 'update.googleapis.com'],
    ['chrome', 'accounts.google.com'],
    ['chromium', 'clients2.google.com'],
    ['chromium', 'r3---sn-4g5e6nz7.gvt1.com'],
    ['chromium', 'OptimizationGuide-PA.googleapis.com.'],
    ['edge', 'edge.microsoft.com'],
    ['edge', 'eu-mobile.events.data.microsoft.com'],
    ['edge', 'update.googleapis.com'],
    ['firefox', 'firefox.settings.services.mozilla.com'],
    ['firefox', 'incoming.telemetry.mozilla.org'],
    ['firefox', 'detectportal.firefox.com'],
  ] as const)('of %s: %s', (name, host) => {
    expect(noise(host, name)).toBe(true);
  });

  it.each([
    'localhost',
    '127.0.0.1',
    'fonts.googleapis.com',
    'www.google.com',
    'update.googleapis.com.evil.example',
    'xupdate.googleapis.com',
    '',
  ])('are not those to %j', (host) => {
    for (const name of ['chrome', 'edge', 'firefox'] as const) expect(noise(host, name)).toBe(false);
  });

  it('are not those of another browser, nor of a page about the browser', () => {
    expect(noise('firefox.settings.services.mozilla.com', 'chromium')).toBe(false);
    expect(noise('developer.mozilla.org', 'firefox')).toBe(false);
  });

  it('are none where the target is unknown or nothing is to be hidden', () => {
    expect(isBrowserNoise(null, noiseHosts.chrome)).toBe(false);
    expect(isBrowserNoise({ host: 'update.googleapis.com' }, [])).toBe(false);
  });

  it('are never those to the host of the page that was asked for', () => {
    const globs = noiseOf('chrome', { host: 'accounts.google.com' });
    expect(isBrowserNoise({ host: 'accounts.google.com' }, globs)).toBe(false);
    expect(isBrowserNoise({ host: 'update.googleapis.com' }, globs)).toBe(true);
  });
});
