import type { Settings } from 'node:http2';
import type { Http2Settings } from '../../model/http2-facts.js';

/** Node's names of the settings (RFC 9113 section 6.5.2, RFC 8441 section 3). */
const names: Readonly<Record<string, string>> = {
  headerTableSize: 'HEADER_TABLE_SIZE',
  enablePush: 'ENABLE_PUSH',
  maxConcurrentStreams: 'MAX_CONCURRENT_STREAMS',
  initialWindowSize: 'INITIAL_WINDOW_SIZE',
  maxFrameSize: 'MAX_FRAME_SIZE',
  maxHeaderListSize: 'MAX_HEADER_LIST_SIZE',
  enableConnectProtocol: 'ENABLE_CONNECT_PROTOCOL',
};

/** What a peer's settings are, by their names in the RFCs. Node tells those that it did not name too, with their initial values. */
export const settingsOf = (settings: Settings | undefined): Http2Settings | null => {
  if (!settings) return null;
  const named: Record<string, number> = {};
  for (const [key, value] of Object.entries(settings)) {
    const name = names[key];
    if (name !== undefined && (typeof value === 'number' || typeof value === 'boolean')) named[name] = Number(value);
  }
  return named;
};
