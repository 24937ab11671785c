import { endEvidence, unanswered } from '../endings.js';
import { startLine } from '../evidence.js';
import { answerOf, targetName } from '../sights.js';
import { allOut, type Conclude, didOpen, type Trial, type Tried, trialEvidence, wasSilent } from './trial.js';

/**
 * A handshake that was taken and not answered, or with 5xx, and from then on nobody listens at that port: the process has fallen over. Node
 * ends at the first exception that nobody catches, one in an upgrade listener among them.
 */
export const concludeCrashed: Conclude = (tried) => {
  const { first } = tried;
  const last = gone(tried);
  if (!last || didOpen(first) || first.upstream || first.dialFailure || !first.heads.serverGot) return [];
  const answer = answerOf(first);
  const end = first.server?.end;
  const ended = end?.by === 'peer' && unanswered(first);
  if (answer ? answer.status < 500 : !ended && !wasSilent(first)) return [];
  const code = answer ? 'server.internal-error' : !ended ? 'server.slow' : end?.how === 'fin' ? 'server.empty-reply' : 'server.reset';
  const how = answer ? `answered ${answer.text}` : ended ? 'ended the connection' : 'answered nothing';
  return [
    {
      code,
      verdict: {
        confidence: 0.96,
        evidence: [trialEvidence(last), answer ? startLine(answer) : endEvidence(first, 'server')],
        title: `The server fell over at this handshake: it ${how}, and nobody listens at ${targetName(first)} any more`,
        culprit: null,
        fix: [
          {
            for: 'the server',
            text: 'Look for the exception in its log, start it again, and listen for `error` on whatever the upgrade listener holds: the socket, the proxy.',
          },
        ],
      },
      rulesOut: allOut('nobody listens there any more', 'server.*', 'url.*', 'origin.*', 'intermediary.*'),
    },
  ];
};

/** The last trial, where it and each other one since the first of them found nobody at the port that had just been open. */
const gone = ({ first, trials }: Tried): Trial | undefined => {
  const same = trials.filter(
    ({ exchange }) => exchange.target?.port === first.target?.port && exchange.target?.host === first.target?.host,
  );
  return same.length > 0 && same.every(({ exchange }) => exchange.dialFailure?.code === 'ECONNREFUSED') ? same.at(-1) : undefined;
};
