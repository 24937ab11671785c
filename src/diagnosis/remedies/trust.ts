import type { Product } from './product.js';

/** Never the blanket switch (rejectUnauthorized: false, verify=False): that hides the defect instead of mending it. */
export const nodeClient: Product = {
  name: 'Node',
  remedies: { trust: { text: 'Name the CA before the process starts.', config: 'NODE_EXTRA_CA_CERTS=/path/ca.pem node app.js' } },
};

export const pythonClient: Product = {
  name: 'Python',
  remedies: {
    trust: { text: 'Name the CA in the environment, or load it into the ssl context.', config: 'SSL_CERT_FILE=/path/ca.pem python app.py' },
  },
};

export const goClient: Product = {
  name: 'Go client',
  remedies: { trust: { text: 'Name the CA in the environment (Unix).', config: 'SSL_CERT_FILE=/path/ca.pem ./app' } },
};

export const java: Product = {
  name: 'Java',
  remedies: {
    trust: { text: 'Import the CA into the trust store.', config: 'keytool -importcert -cacerts -alias local-ca -file ca.pem' },
  },
};

export const curl: Product = {
  name: 'curl',
  remedies: { trust: { text: 'Name the CA.', config: 'curl --cacert /path/ca.pem https://app.example/' } },
};

export const chromium: Product = {
  name: 'Chromium',
  remedies: {
    trust: {
      text: 'Import the CA into the NSS database of this user, and start it anew.',
      config: 'certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n local-ca -i /path/ca.pem',
    },
  },
};

export const firefox: Product = {
  name: 'Firefox',
  remedies: {
    trust: {
      text: 'Settings, Privacy & Security, Certificates, View Certificates, Authorities, Import; or with certutil into a profile.',
      config: 'certutil -d sql:PROFILE -A -t C,, -n local-ca -i /path/ca.pem',
    },
  },
};
