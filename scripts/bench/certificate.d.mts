/** Paths of a new self-signed certificate for 127.0.0.1 and localhost, and of its key; PEM. */
export const makeCertificate: (folder: string) => { readonly certificate: string; readonly key: string };
