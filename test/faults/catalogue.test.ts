import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyFaults } from '../../src/faults/apply.js';
import { createArmory } from '../../src/faults/armory.js';
import { faults } from '../../src/faults/catalogue.js';
import { formatChoice, parseChoice } from '../../src/faults/choice.js';
import type { Fault, ServedStage } from '../../src/faults/fault.js';
import { stages } from '../../src/model/fault-choice.js';
import type { Target } from '../../src/model/target.js';
import { parseHead } from '../../src/wire/http-head.js';
import { handshake, target } from './sample.js';

/** Runs one choice over an exchange of its stage, from its text to what would be recorded. */
const run = (text: string, { seed, exchange }: { seed: number; exchange: number }) => {
  const armory = createArmory({ seed, onChange: () => undefined });
  armory.arm(text);
  return runStage(armory.forStage('client-tls', exchange), armory.forStage('request', exchange), target);
};
type Draws = Parameters<typeof applyFaults>[2]['draws'];
const runStage = (tls: Draws, request: Draws, to: Target) => ({
  'client-tls': applyFaults('client-tls', null, { draws: tls, target: to }),
  request: applyFaults('request', parseHead(handshake, 'request'), { draws: request, target: to }),
});
const served: Readonly<Record<ServedStage, true>> = { 'client-tls': true, request: true, response: true };

it('the catalogue holds the three that started it all, each id once, in the order of the stages', () => {
  const ids = faults.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['drop-upgrade', 'bad-cert', 'wrong-origin']));
  expect(new Set(ids).size).toBe(ids.length);
  const places = faults.map(({ stage }) => stages.indexOf(stage));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
});

describe.each(faults.map((fault): [string, Fault] => [fault.id, fault]))('the fault %s', (id, fault) => {
  it('is named by its file, in the folder of a served stage', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(served).toHaveProperty(fault.stage);
    expect(existsSync(new URL(`../../src/faults/${fault.stage}/${id}.ts`, import.meta.url))).toBe(true);
  });

  it('explains itself in sentences', () => {
    for (const text of [fault.about, fault.imitates]) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(fault.title).toMatch(/^[A-Z].*[^.]$/);
    expect(fault.effects.length).toBeGreaterThan(0);
    for (const effect of fault.effects) expect(effect.sees).toMatch(/\.$/);
  });

  it('names the findings that must diagnose it, each once', () => {
    expect(fault.expects.length).toBeGreaterThan(0);
    expect(new Set(fault.expects).size).toBe(fault.expects.length);
    for (const code of fault.expects) expect(code).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
  });

  it('has parameters whose defaults are themselves allowed, and no name that belongs to the choice', () => {
    for (const [name, spec] of Object.entries(fault.params)) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(['probability', 'times']).not.toContain(name);
      expect(spec.about).toMatch(/\.$/);
      expect(parseChoice(`${id}:${name}="${spec.default}"`).params[name]).toBe(spec.default);
    }
  });

  it('has an example that parses and survives printing', () => {
    const choice = parseChoice(fault.example);
    expect(choice.fault).toBe(id);
    expect(parseChoice(formatChoice(choice))).toEqual(choice);
  });

  it.each([fault.example, id])('changes a matching exchange, as %s, and no other stage', (text) => {
    const results = run(text, { seed: 42, exchange: 1 });
    for (const [stage, { output, applied, failed }] of Object.entries(results)) {
      expect(failed).toEqual([]);
      expect(applied.map(({ record }) => record.id)).toEqual(stage === fault.stage ? [id] : []);
      expect(output !== undefined).toBe(stage === fault.stage);
      for (const { record } of applied) expect(record.after).not.toBe(record.before);
    }
  });

  it('gives the same bytes for the same seed', () => {
    for (const exchange of [1, 2, 3]) {
      expect(run(`${id}:probability=0.5`, { seed: 7, exchange })).toEqual(run(`${id}:probability=0.5`, { seed: 7, exchange }));
    }
  });
});
