/**
 * Sentences by which servers say which part of a handshake they missed. gorilla, coder/websocket, tornado, aiohttp, Spring, ws, Python
 * websockets: measured or read in their sources.
 */
export const refusalTexts = {
  upgrade:
    /'websocket' token not found in 'Upgrade' header|Upgrade header "[^"]*" does not contain websocket|Can "Upgrade" only to "WebSocket"|No WebSocket UPGRADE hdr|Invalid Upgrade header|(missing|empty|invalid) Upgrade header/i,
  connection:
    /'upgrade' token not found in 'Connection' header|Connection header "[^"]*" does not contain Upgrade|"Connection" must be "Upgrade"|No CONNECTION upgrade hdr|(missing|empty|invalid) Connection header/i,
  subprotocol: /sub-?protocols?\b|Sec-WebSocket-Protocols?\b/i,
  version10: /must be at least HTTP\/1\.1|unsupported HTTP version: HTTP\/1\.0|HTTP\/1\.0 is not supported/i,
  key: /Sec-WebSocket-Key|'Sec-WebSocket-Key'|challenge key/i,
  version: /unsupported version|Sec-WebSocket-Version header|unsupported WebSocket version|Unsupported version:/i,
  origin:
    /cross[- ]origin|request origin not allowed|origin (is )?not (allowed|authorized)|origin '[^'\n]{1,200}' (is )?not allowed|(invalid|missing|bad|unknown|unexpected|untrusted|disallowed|forbidden|unauthorized) origin\b|Invalid CORS request|not authorized for Host|Invalid Host\/Origin header|\borigin\b[^<]{0,40}\b(denied|forbidden|refused|rejected|blocked)/i,
} as const;
