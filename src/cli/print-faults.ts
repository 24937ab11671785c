import { faults as catalogue } from '../faults/catalogue.js';
import { faultJson } from '../faults/fault-json.js';
import { findFault, findScenario, knownFault, knownScenario } from '../faults/find.js';
import { scenarioRules } from '../faults/rules/parse-rules.js';
import type { Scenario } from '../faults/scenario.js';
import { scenarios as allScenarios } from '../faults/scenario-catalogue.js';
import { faultText } from './fault-text.js';
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
    const [ids, stages] = [widest(catalogue.map(({ id: one }) => one)), widest(catalogue.map(({ stage }) => stage))];
    for (const fault of catalogue) line(`${fault.id.padEnd(ids)} ${fault.stage.padEnd(stages)} ${fault.leg.padEnd(6)} ${fault.title}`);
  } else for (const fault of chosen) line(faultText(fault, widthOf(process.stdout.columns)));
  if (!json && id !== undefined && knownScenario(id)) line(`\nThere is a scenario of that name, too: shakedown faults --scenarios ${id}`);
};

const scenarioJson = (scenario: Scenario) => ({
  ...scenario,
  faults: [...new Set(scenarioRules(scenario.id, { http2: 'mirror' }).flatMap(({ choices }) => choices.map(({ fault }) => fault)))],
});

const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

const widthOf = (columns: number | undefined): number => Math.max(40, Math.min(100, columns ?? 80));
