import { isUtf8 } from 'node:buffer';
import type { Exchange } from '../../model/exchange.js';
import type { AppliedFault } from '../../model/fault-choice.js';
import { type Evidence, type Finding, type Fix, fixText, type Severity } from '../../model/finding.js';
import { placeOf } from '../finding-block.js';
import { diffHeads } from '../head-diff.js';
import { appliedOf, bytes, confidenceOf } from '../wording.js';
import { noFindingOf } from './about.js';
import { comparedRow } from './head-tables.js';
import { html, nothing, type SafeHtml } from './html.js';
import { clip } from './shown.js';

const proofLimit = 2000;
const bodyLimit = 4096;
/** A fault may have been applied to every frame: so many are shown. */
const mostFaults = 20;
const mostChanges = 40;

const signs: Record<Severity, string> = { error: '✗', warning: '!', info: 'i' };

/** The sign and the word of a severity: the colour alone says nothing. */
export const severityBadge = (severity: Severity): SafeHtml =>
  html`<span class="badge ${severity}"><span aria-hidden="true">${signs[severity]}</span> ${severity}</span>`;

const proof = (evidence: Evidence): SafeHtml => html`<div class="proof"><dt>${placeOf(evidence)}</dt><dd><pre>${clip(
  evidence.text.replace(/[\r\n]+$/, '').replaceAll('\r\n', '\n'),
  proofLimit,
)}</pre></dd></div>
`;

const config = (text: string): SafeHtml =>
  html`<pre class="config" tabindex="0"><code>${text.replace(/^\n+|\n+$/g, '').replaceAll('\t', '  ')}</code></pre>`;

const remedy = (fix: Fix): SafeHtml =>
  html`<li><b>${clip(fix.for, 200)}</b> ${clip(fixText(fix), proofLimit)}${fix.config === undefined ? nothing : config(fix.config)}</li>
`;

/** The first ones are for the product that was seen, where one was; a reader of another stack unfolds the rest. */
const openFixes = 2;

const remedies = (fixes: readonly Fix[]): SafeHtml => {
  if (fixes.length === 0) return nothing;
  // Nobody unfolds a list for one more line.
  const open = fixes.length <= openFixes + 1 ? fixes : fixes.slice(0, openFixes);
  const rest = fixes.slice(open.length);
  const folded = html`<details class="more"><summary>For ${rest.map((fix) => clip(fix.for, 40)).join(', ')}</summary><ul class="fixes">${rest.map(remedy)}</ul></details>`;
  return html`<h5>How to mend it</h5><ul class="fixes">${open.map(remedy)}</ul>${rest.length > 0 ? folded : nothing}`;
};

const findingItem = (finding: Finding): SafeHtml => html`<li class="finding ${finding.severity}">
<h4>${clip(finding.title, 600)}</h4>
<p class="facts">${severityBadge(finding.severity)} <code>${finding.code}</code> <span>cause: ${finding.cause}</span> <span>${confidenceOf(finding.confidence)}</span>${
  finding.culprit === null ? nothing : html` <span>by <b>${clip(finding.culprit, 200)}</b></span>`
}${finding.rfc === '' ? nothing : html` <span>${finding.rfc}</span>`}</p>
<dl class="proofs">
${finding.evidence.map(proof)}</dl>
${remedies(finding.fix)}
</li>
`;

export const findingList = (exchange: Exchange, findings: readonly Finding[]): SafeHtml =>
  findings.length === 0 ? html`<p class="none">${noFindingOf(exchange)}</p>` : html`<ol class="findings">${findings.map(findingItem)}</ol>`;

const faultItem = (fault: AppliedFault): SafeHtml => {
  const changed = diffHeads({ raw: fault.before }, { raw: fault.after }).filter(({ mark }) => mark !== '=');
  const rows = changed.slice(0, mostChanges).map((row) => comparedRow(row, false));
  const left = changed.length > mostChanges ? html`<p class="note">${changed.length - mostChanges} more lines changed.</p>` : nothing;
  const table = html`<table class="heads"><thead><tr><th scope="col">Before</th><th class="sign"><span class="unseen">What changed</span></th><th scope="col">After</th></tr></thead>
<tbody>${rows}</tbody></table>`;
  return html`<li><p><b>${clip(appliedOf(fault), 500)}</b> <span class="dim">stage ${fault.stage}</span></p>
${changed.length > 0 ? table : nothing}${left}</li>
`;
};

/** The faults that shakedown applied, with what each changed; `nothing` when there was none. */
export const faultList = ({ applied, faultFailures }: Exchange): SafeHtml => {
  if (applied.length + faultFailures.length === 0) return nothing;
  const failed = faultFailures.slice(0, mostFaults).map(
    ({ id, message }) => html`<li><b>${clip(id, 100)}</b> failed and was left out: ${clip(message, 500)}</li>
`,
  );
  const left = applied.length > mostFaults ? html`<p class="note">${applied.length - mostFaults} more faults were applied.</p>` : nothing;
  return html`<ul class="faults">${applied.slice(0, mostFaults).map(faultItem)}${failed}</ul>${left}`;
};

/** The first bytes of an answer that opened no WebSocket; `nothing` when it had no body. */
export const answerBody = ({ body }: Exchange): SafeHtml => {
  if (body === '') return nothing;
  const raw = Buffer.from(body, 'latin1');
  const text = isUtf8(raw) ? raw.toString('utf8') : body;
  return html`<p class="dim">The first ${bytes(raw.length)} as they came${body.length > bodyLimit ? ', cut here' : ''}.</p><pre>${clip(text.replaceAll('\r\n', '\n'), bodyLimit)}</pre>`;
};
