import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faults } from '../../src/faults/catalogue.js';
import { formatChoice, occasionSpecs, parseChoice } from '../../src/faults/choice.js';
import type { Fault } from '../../src/faults/fault.js';
import { stages } from '../../src/model/fault-choice.js';

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
    expect(stages).toContain(fault.stage);
    expect(existsSync(new URL(`../../src/faults/${fault.stage}/${id}.ts`, import.meta.url))).toBe(true);
  });

  it('explains itself in sentences', () => {
    for (const text of [fault.about, fault.imitates]) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(fault.title).toMatch(/^[A-Z].*[^.]$/);
    expect(fault.effects.length).toBeGreaterThan(0);
    for (const effect of fault.effects) expect(effect.sees).toMatch(/\.$/);
  });

  it('names the findings that must diagnose it, each once', () => {
    expect(new Set(fault.expects).size).toBe(fault.expects.length);
    for (const code of fault.expects) expect(code).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
  });

  it('has parameters whose defaults are themselves allowed, and no name that belongs to the choice', () => {
    for (const [name, spec] of Object.entries(fault.params)) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(Object.keys(occasionSpecs)).not.toContain(name);
      expect(spec.about).toMatch(/\.$/);
      expect(parseChoice(`${id}:${name}="${spec.default}"`).params[name]).toBe(spec.default);
    }
  });

  it('has an example that parses and survives printing', () => {
    const choice = parseChoice(fault.example);
    expect(choice.fault).toBe(id);
    expect(parseChoice(formatChoice(choice))).toEqual(choice);
  });
});
