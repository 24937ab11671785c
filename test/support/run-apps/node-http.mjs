// The ways of Node's http and https to say where a request goes, none of them a word about a proxy; one line each.
import http, { get as namedGet } from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

const [plain, secure, socketUrl] = process.argv.slice(2);
const asked = (request) =>
  new Promise((resolve) => {
    request.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)));
    request.on('error', (error) => resolve(`${error.code} ${error.message}`));
    request.end();
  });
const { hostname, port } = new URL(secure);

/** Chooses where its sockets go: an app that has this has chosen its way. */
class OwnAgent extends http.Agent {
  createConnection(options, callback) {
    return super.createConnection(options, callback);
  }
}
const inWorker = () =>
  new Promise((resolve) => {
    const source = `const { WebSocket } = require(${JSON.stringify(createRequire(import.meta.url).resolve('ws'))});
      const { parentPort, workerData } = require('node:worker_threads');
      const socket = new WebSocket(workerData);
      socket.on('open', () => socket.send('from a worker')).on('error', (error) => parentPort.postMessage(error.message));
      socket.on('message', (data) => { parentPort.postMessage(String(data)); socket.close(); });`;
    new Worker(source, { eval: true, workerData: socketUrl }).on('message', resolve);
  });

console.log('http.get', await asked(http.get(plain)));
console.log('a named import', await asked(namedGet(plain)));
console.log('https.request', await asked(https.request(secure)));
console.log('agent false', await asked(https.request({ hostname, port, agent: false })));
console.log('a stock agent', await asked(https.request(secure, { agent: new https.Agent({ keepAlive: true }) })));
console.log('a refused port', await asked(http.get('http://127.0.0.1:1/')));
console.log('a worker', await inWorker());
console.log('an agent of its own', await asked(http.get(plain, { agent: new OwnAgent() })));
process.exit();
