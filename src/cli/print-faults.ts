import { faults as catalogue } from '../faults/catalogue.js';
import type { Fault } from '../faults/fault.js';
import { faultJson } from '../faults/fault-json.js';
import { findFault, findScenario, knownFault, knownScenario } from '../faults/find.js';
import { scenarioRules } from '../faults/rules/parse-rules.js';
import type { Scenario } from '../faults/scenario.js';
import { scenarios as allScenarios } from '../faults/scenario-catalogue.js';
import { createOutput } from './output.js';
import { scenarioText } from './scenario-text.js';

export interface FaultsFlags {
  readonly id?: string | undefined;
  readonly json?: boolean | undefined;
  readonly scenarios?: boolean | undefined;
}

/** What `faults` prints: the catalogue, or one fault or scenario of it. */
export const printFaults = ({ id, json, scenarios }: FaultsFlags): void => {
  const { line } = createOutput({ colour: false });
  // A fault and a scenario may share a name, as captive-portal does.
  if (scenarios || (id !== undefined && !knownFault(id) && knownScenario(id))) {
    const listed = id === undefined ? allScenarios : [findScenario(id)];
    if (json) line(JSON.stringify(listed.map(scenarioJson)));
    else for (const scenario of listed) line(id === undefined ? `${scenario.id.padEnd(26)} ${scenario.title}` : scenarioText(scenario));
    return;
  }
  const chosen = id === undefined ? catalogue : [findFault(id)];
  if (json) line(JSON.stringify(chosen.map(faultJson)));
  else if (id === undefined) {
    const width = Math.max(...catalogue.map((fault) => fault.id.length));
    for (const fault of catalogue) line(`${fault.id.padEnd(width)} ${fault.stage.padEnd(11)} ${fault.leg.padEnd(7)} ${fault.title}`);
  } else for (const fault of chosen) line(inFull(fault));
  if (!json && id !== undefined && knownScenario(id)) line(`\nThere is a scenario of that name, too: shakedown faults --scenarios ${id}`);
};

const scenarioJson = (scenario: Scenario) => ({
  ...scenario,
  faults: [...new Set(scenarioRules(scenario.id, { http2: 'mirror' }).flatMap(({ choices }) => choices.map(({ fault }) => fault)))],
});

const inFull = ({ id, stage, leg, title, about, imitates, params, example, expects, effects }: Fault): string =>
  [
    `${id}: ${title}`,
    '',
    about,
    `In real life: ${imitates}`,
    `Stage ${stage}, on the ${leg} leg.`,
    '',
    'Parameters:',
    ...Object.entries(params).map(
      ([name, { type, default: value, about: text, choices }]) =>
        `  ${name} (${choices ? choices.join('|') : type}, default ${value}): ${text}`,
    ),
    '',
    `Example: shakedown start --fault '${example}'`,
    `Findings to expect: ${expects.join(', ')}`,
    '',
    'What clients see:',
    ...effects.map(({ client, sees }) => `  ${client}: ${sees}`),
  ].join('\n');
