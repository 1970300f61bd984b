/** English of registering with JOC Cockpit: what was done, what was tested, why it does not work, what to choose. Used by the registration page, runs and the audit log. */
export const registrationTexts = {
  // ---- following --------------------------------------------------------------------------------------------------------------------
  'reg.follow.already': 'JOC Cockpit has {url} registered.',
  'reg.follow.both': 'JOC Cockpit has both registered; JS7 tells it who is active.',
  'reg.follow.updated': 'The registered URL was changed from {from} to {to}.',
  'reg.follow.observed': 'The answer to the change did not come; JOC Cockpit was asked what it has registered, and it is {url}.',
  'reg.follow.stuck':
    'At {url} JOC Cockpit’s proxy stayed with the other Controller: its known defect when an address returns. Another spelling is used.',
  'reg.follow.untested': 'JOC Cockpit does not reach {url}: {why}',
  'reg.follow.proved': 'JOC Cockpit’s proxy follows: its last event of {at} is not older than the Controller’s start of {started}.',
  'reg.alias.has': '{container} carries the name {alias} in the network {network}.',
  'reg.alias.given': '{container} was given the name {alias} in the network {network}.',
  'reg.alias.taken': 'The name {alias} was taken from {container}.',
  'reg.alias.not-taken':
    'The name {alias} could not be taken from {container}: {why} While that container is stopped its names are not in Docker’s DNS.',

  // ---- a connection with JOC Cockpit ------------------------------------------------------------------------------------------------
  'reg.joc.plain': 'The password goes to {url} over plain HTTP: whoever listens on the way can read it.',
  'reg.joc.standby': 'This is not the active JOC Cockpit. It can be watched; only the active one registers.',
  'reg.joc.may-not': 'The account may not manage Controllers: JOC Cockpit can be watched with it, nothing can be registered.',
  'reg.joc.approval':
    'The account works under the four-eyes principle: a registration has to be approved by a second person in JOC Cockpit.',
  'reg.joc.may-unknown': 'JOC Cockpit does not tell what the account may do.',

  // ---- URLs that are proposed ---------------------------------------------------------------------------------------------------------
  'reg.url.name': 'JOC Cockpit shares the network {network} with it; there it is called {name}.',
  'reg.url.published': 'Its port {inside} is published as {outside} on its host. Works where JOC Cockpit knows the host by that name.',
  'reg.url.handover': 'Handover itself reaches it there.',
  'reg.url.fixed-ip': 'Its fixed address in the network {network}.',
  'reg.url.ip': 'Its address in the network {network} now. It may be another one after a restart.',

  // ---- ways to follow -------------------------------------------------------------------------------------------------------------------
  'reg.way.name':
    'Recommended. JOC Cockpit and both containers share the network {network}: only the live one carries the name {alias}, JOC Cockpit’s URL never changes.',
  'reg.way.name.where':
    'It is not known in which container JOC Cockpit runs, so not which names it can resolve. Connect its engine with Handover, or use a name that you keep yourself.',
  'reg.way.name.unseen': 'Docker’s description of both containers is needed for it, and one is missing.',
  'reg.way.name.hosts':
    'They are on different hosts without a network over both: Docker’s names end at the host. Keep a name in front of both (DNS or a proxy), or let Handover update the URL.',
  'reg.way.name.network':
    'JOC Cockpit’s container {joc} shares no network of its own with both. Make one (docker network create), connect all three to it, and ask again.',
  'reg.way.name.ports': 'Both listen on different ports inside: one URL cannot lead to either.',
  'reg.way.update':
    'Handover changes the registered URL at each switch-over and proves that JOC Cockpit follows. JOC Cockpit has a defect when a URL returns; a second spelling of each address is the way around it.',
  'reg.way.front':
    'A DNS name or a proxy in front of both, kept by you so that it leads to the live one. Handover moves nothing and only proves.',

  // ---- why a URL does not work ------------------------------------------------------------------------------------------------------------
  'reg.why.no-url': 'This is no address of the form http://host:4444.',
  'reg.why.other-id': 'Another Controller answers there: {id}.',
  'reg.why.path': 'The Controller’s address has no path: {path} is too much. JOC Cockpit adds its own.',
  'reg.why.localhost': 'JOC Cockpit runs in the container {joc}: there localhost is that container itself.',
  'reg.why.stopped': 'The container {container} is stopped. While it is, Docker’s DNS does not know {host}.',
  'reg.why.no-container':
    '{host} is a name inside Docker’s networks. It is not known in which container JOC Cockpit runs; outside of these networks nobody knows the name.',
  'reg.why.network': '{host} is not known in the networks of JOC Cockpit’s container {joc} ({networks}).',
  'reg.why.outside-port': 'Inside Docker’s networks the Controller listens on {inside}; {outside} is the published port of its host.',
  'reg.why.inside-port': '{inside} is the port inside the container; on its host it is published as {outside}.',
  'reg.why.not-published': '{container} does not publish its port {port}: from outside its networks nobody reaches it.',
  'reg.why.https-on-http': 'The address says HTTPS, the port speaks HTTP.',
  'reg.why.http-on-https': 'The address says HTTP, the port speaks HTTPS.',
  'reg.why.truststore':
    'JOC Cockpit does not accept the certificate: it must be trusted in JOC Cockpit’s truststore, and it must carry the name {host}.',
  'reg.why.certificate': 'The certificate is not accepted: {words}',
  'reg.why.password':
    'The Controller refuses JOC Cockpit’s account: private.conf must have the user JOC with the password that JOC Cockpit uses.',
  'reg.why.not-controller': 'What answers there is not a Controller.',
  'reg.why.not-running': 'The container {container} does not run, so nothing can answer.',
  'reg.why.silent': 'The container {container} runs, but its Controller does not answer Handover either: it may be starting.',
  'reg.why.unknown-name': 'Neither Docker nor Handover knows what {host} is: JOC Cockpit may not be able to look the name up.',
  'reg.why.firewall': 'Handover reaches it there and JOC Cockpit does not: a firewall between them, or another network.',
  'reg.why.unknown': 'JOC Cockpit says: {words}',
} as const;
