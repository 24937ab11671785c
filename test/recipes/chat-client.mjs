import { WebSocket } from 'ws';

/**
 * The app under test: a client that tries again until it is connected, and says what went wrong before.
 * @param {string} url
 * @param {{ agent?: import('node:http').Agent, headers?: Record<string, string>, tries?: number }} [options]
 * @returns {Promise<{ socket: WebSocket, failures: string[] }>}
 */
export const connectChat = async (url, { tries = 3, ...options } = {}) => {
  /** @type {string[]} */
  const failures = [];
  while (failures.length < tries) {
    const socket = new WebSocket(url, options);
    const failure = await new Promise((resolve) => {
      socket.once('open', () => resolve(null));
      socket.once('error', (error) => resolve(error.message));
    });
    if (failure === null) return { socket, failures };
    failures.push(failure);
  }
  throw new Error(`not connected after ${tries} tries: ${failures.join('; ')}`);
};
