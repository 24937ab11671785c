/** Fails after that many milliseconds with what `why` says of the state of things then: a hang must tell where. */
export const within = <T>(work: Promise<T>, why: () => string | Promise<string>, ms = 20_000): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => Promise.resolve(why()).then((text) => reject(new Error(text))), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
