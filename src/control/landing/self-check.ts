/**
 * The page's script: three checks, each a line that turns green or red. It reaches shakedown.test as any page reaches its server, so what it
 * finds is what an app in this browser would. An https page may not ask http or ws (mixed content), so there those are left out and say so.
 */
export const selfCheckScript = `(() => {
  'use strict';
  const waitMs = 6000;
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const nonce = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const secure = location.protocol === 'https:';
  const say = (id, verdict, text) => {
    const line = document.getElementById(id);
    line.dataset.verdict = verdict;
    line.querySelector('.says').textContent = text;
  };
  const asks = async (scheme) => {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), waitMs);
    try {
      const url = scheme + '://shakedown.test/check?nonce=' + nonce;
      const answer = await fetch(url, { cache: 'no-store', credentials: 'omit', signal: over.signal });
      return (await answer.json()).nonce === nonce;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  };
  const echoes = (scheme) => new Promise((resolve) => {
    let echoed = false;
    const socket = new WebSocket(scheme + '://shakedown.test/echo?nonce=' + nonce);
    const timer = setTimeout(() => resolve(false), waitMs);
    socket.onopen = () => socket.send(nonce);
    socket.onmessage = ({ data }) => {
      echoed = data === nonce;
      socket.close(1000);
    };
    socket.onclose = () => {
      clearTimeout(timer);
      resolve(echoed);
    };
  });
  const run = async () => {
    const [plain, trusted] = await Promise.all([secure ? false : asks('http'), asks('https')]);
    const through = plain || trusted || location.hostname === 'shakedown.test';
    if (!through) {
      say('through', 'bad', 'Your browser did not come through this proxy: http://shakedown.test/ did not answer it. Set the proxy in the browser, then open http://shakedown.test/ there.');
      say('trust', 'skipped', 'Whether it trusts the CA can only be seen through the proxy.');
      say('socket', 'skipped', 'So can whether its WebSocket works.');
      return;
    }
    say('through', 'good', 'Your browser came through the proxy.');
    if (trusted) say('trust', 'good', 'It trusts the CA: https://shakedown.test/ answered, with a certificate of shakedown\\u2019s.');
    else say('trust', 'bad', 'It does not trust the CA: https://shakedown.test/ could not be opened. Import the CA below, or start the browser with the pin of its key.');
    const schemes = [...(secure ? [] : ['ws']), ...(trusted ? ['wss'] : [])];
    const results = await Promise.all(schemes.map(echoes));
    const failed = schemes.filter((_, at) => !results[at]);
    const left = secure ? ' A page opened by https may not try ws://.' : trusted ? '' : ' wss:// was not tried: it needs the CA.';
    const named = (list) => list.map((scheme) => scheme + '://').join(' and ');
    if (schemes.length === 0) say('socket', 'skipped', 'Its WebSocket was not tried.' + left);
    else if (failed.length > 0) say('socket', 'bad', 'Its WebSocket failed over ' + named(failed) + ': look at the exchange with shakedown.test in shakedown.' + left);
    else say('socket', 'good', 'Its WebSocket works: ' + named(schemes) + ' opened, and a message came back.' + left);
  };
  for (const id of ['through', 'trust', 'socket']) say(id, 'running', 'Checking\\u2026');
  run().finally(() => {
    document.documentElement.dataset.checked = 'yes';
  });
})();`;
