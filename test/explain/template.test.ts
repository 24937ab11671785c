import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain.js';
import { leadIns } from '../../src/explain/lead-ins.js';
import { messages } from '../../src/explain/messages.js';
import { findTemplate, parseTemplate } from '../../src/explain/template.js';

const find = (template: string, text: string) => findTemplate(parseTemplate(template), text).map(({ from, to }) => text.slice(from, to));

describe('a template', () => {
  it('is found where it stands, with what its holes take', () => {
    const [hit] = findTemplate(parseTemplate('Unexpected server response: «status»'), 'Error: Unexpected server response: 403\n    at x');
    expect(hit).toEqual({ from: 7, to: 38, status: 403, url: null });
  });

  it('takes a URL up to its end, full stops and ports among it', () => {
    const template = parseTemplate("can't establish a connection to the server at «url».");
    const [hit] = findTemplate(template, "can't establish a connection to the server at wss://app.example:8443/a.b. Then more.");
    expect(hit?.url).toBe('wss://app.example:8443/a.b');
  });

  it('reads a hole before its longest text', () => {
    expect(find('«url» is not a valid WebSocket URL', 'Error: ftp://h/x is not a valid WebSocket URL')).toEqual([
      'ftp://h/x is not a valid WebSocket URL',
    ]);
  });

  it('is no part of a longer word or number', () => {
    expect(find('socket hang up', 'websocket hang up socket hang upwards socket hang up')).toEqual(['socket hang up']);
    expect(find('response: «status»', 'response: 4031 response: 403')).toEqual(['response: 403']);
  });

  it('finds none in a text that lacks a piece of it', () => {
    expect(find("Host: «host» is not in the cert's altnames", "Host: a b is not in the cert's altnames")).toEqual([]);
    expect(find('close «n» («rest»)', 'close 1006 (abnormal')).toEqual([]);
  });

  it('refuses a hole that nobody knows', () => {
    expect(() => parseTemplate('x «nonsense»')).toThrow('There is no hole «nonsense».');
  });
});

describe('hostile texts', () => {
  const all = [...messages.map(({ template }) => template), ...leadIns.map(({ template }) => template)];
  const size = 100_000;

  it('takes milliseconds of each template, whatever 100 kB of its own pieces hold', () => {
    const slow = all.flatMap((template) => {
      const pieces = template.text.split(/«\w+»/).filter((piece) => piece !== '');
      const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
      // Its longest piece without end, and everything but its last character without end.
      const texts = [longest, template.text.replace(/«\w+»/g, '1'.repeat(20)).slice(0, -1)];
      return texts.flatMap((seed) => {
        const text = seed.repeat(Math.ceil(size / seed.length)).slice(0, size);
        const run = () => {
          const started = performance.now();
          findTemplate(template, text);
          return performance.now() - started;
        };
        const first = run();
        // A busy machine may stall one run.
        const ms = first > 100 ? Math.min(run(), run()) : first;
        return ms > 100 ? [`${template.text}: ${ms} ms`] : [];
      });
    });
    expect(slow).toEqual([]);
  }, 60_000);

  it.each([
    ['spaces and line ends', ' \n'],
    ['quotes', '\'"'],
    ['digits', '1006 '],
    ['words of closing', 'close code 1006 closed with '],
    ['a lead-in', "WebSocket connection to 'ws://"],
    ['escapes', '\x1b['],
    ['URLs', 'ws://a'],
    ['the Origin', 'Origin: "https://'],
  ])('takes less than two seconds for a mebibyte of %s', (_, seed) => {
    const started = performance.now();
    explain(seed.repeat(Math.ceil(1_048_576 / seed.length)));
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('never throws, and every match stands in the text', () => {
    const pieces = fc.constantFrom(
      ...messages.slice(0, 200).map(({ template }) => template.text.replace(/«\w+»/g, '403')),
      '\n',
      ' ',
      '\x1b[31m',
      '1006',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 8 }), (parts) => {
        for (const { text, codes, client } of explain(parts.join(' '))) expect([text, client, codes.length >= 0]).not.toContain('');
      }),
      { numRuns: 60 },
    );
  });
});
