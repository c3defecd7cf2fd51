import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { named, shaped, token } from './define.ts';

export const CODE_HOST_KINDS: readonly Kind[] = [
  token('github-classic', 'GITHUB_TOKEN', 'ghp_{alnum 36}'),
  token('github-oauth', 'GH_TOKEN', 'gho_{alnum 36}'),
  token('github-user', 'GITHUB_USER_TOKEN', 'ghu_{alnum 36}'),
  token('github-server', 'GITHUB_TOKEN', 'ghs_{alnum 36}'),
  token('github-refresh', 'GITHUB_REFRESH_TOKEN', 'ghr_{alnum 76}'),
  token('github-fine-grained', 'GITHUB_PAT', 'github_pat_{alnum 22}_{alnum 59}'),
  named('github-client-secret', 'GITHUB_CLIENT_SECRET', '{hex 40}'),
  named('github-webhook-secret', 'GITHUB_WEBHOOK_SECRET', '{hex 40}'),
  shaped('github-clone-url', (random) => {
    const secret = spell(random, 'ghs_{alnum 36}');
    return [`git clone https://x-access-token:${secret}@github.com/acme/app.git`, secret];
  }),
  token('gitlab-pat', 'GITLAB_TOKEN', 'glpat-{url 20}'),
  token('gitlab-pat-routable', 'GITLAB_TOKEN', 'glpat-{url 27}.01.{lownum 9}'),
  token('gitlab-deploy', 'CI_DEPLOY_PASSWORD', 'gldt-{url 20}'),
  token('gitlab-job', 'CI_JOB_TOKEN', 'glcbt-{lownum 2}_{url 20}'),
  token('gitlab-runner', 'RUNNER_TOKEN', 'glrt-{url 20}'),
  token('gitlab-runner-typed', 'RUNNER_TOKEN', 'glrt-t{dig 1}_{url 20}'),
  token('gitlab-registration', 'REGISTRATION_TOKEN', 'GR1348941{url 20}'),
  token('gitlab-trigger', 'TRIGGER_TOKEN', 'glptt-{hex 40}'),
  token('gitlab-feed', 'GITLAB_FEED_TOKEN', 'glft-{url 20}'),
  token('gitlab-oauth', 'GITLAB_APP_SECRET', 'gloas-{hex 64}'),
  token('gitlab-scim', 'GITLAB_SCIM_TOKEN', 'glsoat-{url 20}'),
  token('gitlab-mail', 'GITLAB_MAIL_TOKEN', 'glimt-{alnum 25}'),
  token('gitlab-agent', 'GITLAB_AGENT_TOKEN', 'glagent-{url 50}'),
  token('gitlab-feature-flags', 'GITLAB_FLAGS_TOKEN', 'glffct-{url 20}'),
  token('bitbucket-app-password', 'BITBUCKET_APP_PASSWORD', 'ATBB{alnum 24}{HEX 8}'),
  token('bitbucket-token', 'BITBUCKET_TOKEN', 'ATCTT3xFfGN0{url 170}={HEX 8}'),
  named('bitbucket-client-secret', 'BITBUCKET_CLIENT_SECRET', '{alnum 32}'),
  shaped('bitbucket-clone-url', (random) => {
    const secret = spell(random, 'ATBB{alnum 24}{HEX 8}');
    return [`origin  https://jo:${secret}@bitbucket.org/acme/app.git (fetch)`, secret];
  }),
  named('gitea', 'GITEA_TOKEN', '{hex 40}'),
  token('sourcegraph', 'SRC_ACCESS_TOKEN', 'sgp_{hex 16}_{hex 40}'),
  token('sourcegraph-old', 'SRC_ACCESS_TOKEN', 'sgp_{hex 40}'),
  token('phabricator', 'PHABRICATOR_TOKEN', 'cli-{lownum 28}'),
];
