import 'server-only';
import type { ClusterView, InstanceView } from '../domain/cluster/view';
import type { Instance } from '../domain/instance/instance';

/** Variables of SOS's images that carry no secret (reference/docker-images.md). Others of a container may be passwords: they never leave the server. */
const SHOWN = ['RUN_JS_ID', 'RUN_JS_HTTP_PORT', 'RUN_JS_HTTPS_PORT', 'RUN_JS_USER_ID', 'RUN_JS_TIMEZONE'];

export const publicInstance = (i: Instance): Instance => ({
  ...i,
  env: Object.fromEntries(Object.entries(i.env).filter(([name]) => SHOWN.includes(name))),
});

const publicMember = (v: InstanceView): InstanceView =>
  v.docker.instance ? { ...v, docker: { ...v.docker, instance: publicInstance(v.docker.instance) } } : v;

/** A view as it may leave the server. */
export const withoutSecrets = (view: ClusterView): ClusterView => ({
  ...view,
  primary: publicMember(view.primary),
  ...(view.secondary && { secondary: publicMember(view.secondary) }),
});
