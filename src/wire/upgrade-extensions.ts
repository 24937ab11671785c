import { type Extension, parseExtensions } from './extensions.js';

export interface ExtensionFlaw {
  readonly code: 'extension-malformed' | 'extension-unrequested' | 'extension-params';
  readonly note: string;
}

/** Judges the extensions that an answer names against those that were offered: RFC 6455 section 9.1, RFC 7692 section 7.1. */
export const judgeExtensions = (answered: readonly string[], offered: readonly string[]): ExtensionFlaw[] => {
  const { extensions, defects } = parseExtensions(answered);
  const offers = parseExtensions(offered).extensions;
  const flaws: ExtensionFlaw[] = defects.map(({ note, code }) => ({
    code: code === 'repeated-parameter' ? 'extension-params' : 'extension-malformed',
    note,
  }));
  if (answered.length > 0 && extensions.length === 0)
    flaws.push({ code: 'extension-malformed', note: 'Sec-WebSocket-Extensions is empty' });
  const seen = new Set<string>();
  for (const extension of extensions) {
    const name = extension.name.toLowerCase();
    const matching = offers.filter((offer) => offer.name.toLowerCase() === name);
    if (matching.length === 0) flaws.push({ code: 'extension-unrequested', note: `"${extension.name}" was not offered` });
    if (seen.has(name)) flaws.push({ code: 'extension-malformed', note: `"${extension.name}" is named twice` });
    seen.add(name);
    if (name === 'permessage-deflate' && matching.length > 0) flaws.push(...judgeDeflate(extension, matching));
  }
  return flaws;
};

/** Window bits are 8 to 15; `client_max_window_bits` may only answer an offer of it: RFC 7692 section 7.1.2. */
const judgeDeflate = ({ params }: Extension, offers: readonly Extension[]): ExtensionFlaw[] => {
  const wrong = (note: string): ExtensionFlaw => ({ code: 'extension-params', note });
  return params.flatMap(([name, value]) => {
    if (name === 'server_no_context_takeover' || name === 'client_no_context_takeover') {
      return value === true ? [] : [wrong(`${name} takes no value`)];
    }
    if (name !== 'server_max_window_bits' && name !== 'client_max_window_bits')
      return [wrong(`permessage-deflate has no parameter ${name}`)];
    const bits =
      typeof value === 'string' && /^([89]|1[0-5])$/.test(value)
        ? []
        : [wrong(`${name} is ${value === true ? 'without a value' : value}; 8 to 15 are allowed`)];
    const offered = name === 'server_max_window_bits' || offers.some((offer) => offer.params.some(([key]) => key === name));
    return offered ? bits : [...bits, wrong(`${name} was not offered`)];
  });
};
