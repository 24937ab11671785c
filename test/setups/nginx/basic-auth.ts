import type { Setup } from '../setup.js';
import { nginxBefore, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-basic-auth',
  title: 'nginx with auth_basic: 401',
  needs: ['nginx'],
  cause: 'server',
  codes: ['server.auth'],
  start: (grounds) => {
    const users = grounds.file('users', 'ann:$apr1$abcdefgh$8Zz0Fm0kLSHQnE3dQaVj71\n');
    return nginxBefore(grounds, `${upgradeLines} auth_basic "staging"; auth_basic_user_file ${users};`);
  },
};
