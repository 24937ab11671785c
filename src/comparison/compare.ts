import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { HeadSite } from '../model/head.js';
import { globMatches } from '../wire/glob.js';
import type { Compared, Comparison, Contrast } from './comparison.js';
import { type Difference, shownContrast } from './contrast.js';
import { contrastAgreement, contrastEnds, contrastFindings, contrastOutcome, contrastTimings, isOpened } from './endings.js';
import { contrastHeads } from './heads.js';
import { isTold } from './lacking.js';
import { contrastMessages } from './messages.js';
import { contrastTls } from './tls.js';
import { contrastFaults, contrastTarget, contrastWay } from './way.js';
import { type Kind, type Weight, weights } from './weights.js';

type Pair = readonly [a: Exchange, b: Exchange];

/** The most that is told of one pair: a recording may hold heads of any length. */
const mostDifferences = 500;

interface Station {
  readonly name: string;
  /** Whether an exchange came so far. */
  readonly has: (exchange: Exchange) => boolean;
  readonly differences: (pair: Pair) => readonly Difference[];
}

/** In the order in which a connection meets them: what differs first stands first among equals. */
const stations: readonly Station[] = [
  { name: 'faults', has: ({ applied }) => applied.length > 0, differences: contrastFaults },
  { name: 'target', has: ({ target }) => target !== null, differences: contrastTarget },
  { name: 'way to the server', has: ({ server }) => server !== null, differences: contrastWay },
  { name: 'client TLS', has: ({ client }) => client.tls !== undefined, differences: (pair) => contrastTls('client', pair) },
  { name: 'server TLS', has: ({ server }) => server?.tls !== undefined, differences: (pair) => contrastTls('server', pair) },
  {
    name: 'request head',
    has: ({ heads }) => heads.clientSent !== null,
    differences: (pair) => bothLegs(['clientSent', 'server', 'serverGot'], pair),
  },
  {
    name: 'response head',
    has: ({ heads }) => heads.serverSent !== null,
    differences: (pair) => bothLegs(['serverSent', 'client', 'clientGot'], pair),
  },
  { name: 'subprotocol and extensions', has: isOpened, differences: contrastAgreement },
  { name: 'outcome', has: () => true, differences: contrastOutcome },
  { name: 'end', has: ({ endedAt, marks }) => endedAt !== null && marks.open !== null, differences: contrastEnds },
  { name: 'timings', has: ({ imported }) => imported === undefined, differences: contrastTimings },
];

/** A head as it was sent, and what is new where it arrived: what differed before was only passed on. */
const bothLegs = ([sent, side, got]: readonly [HeadSite, 'client' | 'server', HeadSite], pair: Pair): Difference[] => {
  const before = contrastHeads(sent, pair);
  const arrived = contrastHeads(got, pair).filter(
    (one) => !before.some((other) => other.where === one.where && other.a === one.a && other.b === one.b),
  );
  return [...before, ...arrived.map((one) => ({ ...one, where: `${side}.${one.where}` }))];
};

/** Everything that differs between two exchanges, the likeliest cause of their different ends first. `compare(b, a)` is its mirror image. */
export const compareExchanges = async (a: Compared, b: Compared): Promise<Comparison> => {
  const pair: Pair = [a.exchange, b.exchange];
  const found: Difference[] = [];
  const alike: string[] = [];
  const told = isTold(pair);
  const take = (name: string, all: readonly Difference[], present: boolean): void => {
    const differences = all.filter(told);
    found.push(...differences);
    if (present && differences.every(({ kind }) => kind === 'noise')) alike.push(name);
  };
  for (const { name, has, differences } of stations) take(name, differences(pair), pair.every(has));
  if (pair.every(isOpened)) {
    const said = ({ frames }: Exchange) => frames.fromClient.messages + frames.fromServer.messages > 0;
    take('messages', await contrastMessages(a, b), pair.every(said));
  }
  take('findings', contrastFindings([a.findings, b.findings]), a.findings.length > 0);

  const likelihood = createLikelihood(a.findings, b.findings);
  const differences = found
    .map((difference): Contrast => shownContrast(difference, likelihood(difference.kind)))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, mostDifferences);
  return { same: differences.every(({ weight }) => weight === 0), differences, alike };
};

/** How far a finding of one side alone brings what it speaks of towards certainty. */
const trust = 0.8;

const createLikelihood = (a: readonly Finding[], b: readonly Finding[]): ((kind: Kind) => number) => {
  const lone = (findings: readonly Finding[], others: readonly Finding[]) =>
    findings.filter(({ code, severity }) => severity !== 'info' && !others.some((other) => other.code === code));
  const ofOneSide = [...lone(a, b), ...lone(b, a)];
  return (kind) => {
    const { weight, findings = [] }: Weight = weights[kind];
    const confidences = ofOneSide
      .filter(({ code }) => findings.some((glob) => globMatches(glob, code)))
      .map(({ confidence }) => confidence);
    return Math.round((weight + (1 - weight) * trust * Math.max(0, ...confidences)) * 1000) / 1000;
  };
};
