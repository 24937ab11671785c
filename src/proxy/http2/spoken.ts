import type { EventBody } from '../../model/event.js';
import type { Sender } from '../../model/frame.js';
import type { HeadSite } from '../../model/head.js';
import type { Tap } from '../tap.js';
import type { Facade } from './facade.js';

/** What was said on the leg that is bridged, from what the river says of it in HTTP/1.1. */
export interface Spoken {
  readonly leg: Sender;
  /** The heads of that leg as they were spoken, from the HTTP/1.1 text that the river saw in their place. */
  readonly heads: Partial<Readonly<Record<HeadSite, (raw: string, informational: boolean) => string>>>;
  /** What stands for that leg now; null: a connection of HTTP/1.1 of its own, of which everything is told as it is. */
  facade(): Facade | null;
}

/** A tap that puts on record what was spoken in place of its translation: heads as HTTP/2 had them, RST_STREAM in place of a socket's reset. */
export const spokenTap = (tap: Tap, spoken: Spoken): Tap => {
  const heard: Partial<Record<HeadSite, string>> = {};
  const told: Partial<Record<HeadSite, string>> = {};

  const tellHead = (body: Extract<EventBody, { type: 'head' }>): void => {
    const { site, sameAs, informational } = body;
    const raw = body.raw ?? (sameAs && heard[sameAs]) ?? '';
    const translate = spoken.facade() ? spoken.heads[site] : undefined;
    const text = translate ? translate(raw, informational === true) : raw;
    [heard[site], told[site]] = [raw, text];
    tap.emit({
      type: 'head',
      site,
      ...(sameAs && told[sameAs] === text ? { sameAs } : { raw: text }),
      ...(informational ? { informational } : {}),
      ...(body.reserialised && !translate ? { reserialised: true as const } : {}),
    });
  };

  return {
    ...tap,
    emit: (body) => {
      if (body.type === 'head') return tellHead(body);
      const reset = body.type === 'end' && body.leg === spoken.leg && body.how === 'reset' ? spoken.facade()?.reset : undefined;
      if (body.type !== 'end' || !reset) return tap.emit(body);
      tap.emit({ ...body, code: `H2_${reset.code}` });
    },
  };
};
