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
  'reg.url.suffixed': 'Docker’s DNS knows it in the network {network} as {name} too: another spelling of the same address.',
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
  'reg.why.nobody-there':
    'The Controller answers Handover at {own}. At this address nothing answers Handover either: host or port may be wrong.',
  'reg.why.unknown-name': 'Neither Docker nor Handover knows what {host} is: JOC Cockpit may not be able to look the name up.',
  'reg.why.firewall': 'Handover reaches it there and JOC Cockpit does not: a firewall between them, or another network.',
  'reg.why.unknown': 'JOC Cockpit says: {words}',

  // ---- tests --------------------------------------------------------------------------------------------------------------------------------
  'reg.test.joc.finds': 'JOC Cockpit finds the Controller {id} there.',
  'reg.test.joc.no-id': 'Something answers JOC Cockpit there, but it tells no Controller ID: it is no Controller.',
  'reg.test.here.finds': 'Controller {id}, version {version}, in {ms} ms.',
  'reg.test.here.hangs': 'A Controller answers at {url}; it does not tell its ID yet.',
  'reg.test.here.own':
    'That name is not known where Handover runs, which is no fault. At {url}, its own address, the Controller {id} answers.',
  'reg.test.here.unknown': 'Neither at this address nor at its own one does a Controller answer Handover.',
  'reg.test.peer.answers': 'A Controller answers in the network of {container}; which one it does not tell without a login.',
  'reg.test.peer.name': 'The name is not known in the network of {container}.',
  'reg.test.peer.refused': 'From the network of {container} no connection comes about: nothing listens there, or it cannot be reached.',
  'reg.test.peer.late': 'In the network of {container} there is no answer within {seconds} s.',
  'reg.test.peer.other': 'Something answers in the network of {container}, but it is no Controller.',
  'reg.test.peer.no-program': 'Not asked: the image of {container} has neither curl nor wget.',
  'reg.test.peer.words': 'Not known; asked in the network of {container}: {words}',
  'reg.test.peer.no-engine': 'Not asked: the engine of {container} is not connected.',
  'reg.test.peer.not': 'Not asked: {why}',
  'reg.test.words': '{words}',
  'reg.account.in': 'The Controller lets {user} in with the standard password.',
  'reg.account.joc':
    'The Controller refuses JOC with the standard password. Unless JOC Cockpit was given another one, it cannot work with this Controller, and is slowed down for all others: put the user JOC into private.conf first.',
  'reg.account.history':
    'The Controller refuses History with the standard password. Unless JOC Cockpit was given another one, there will be no history, and JOC Cockpit tells it in its log only.',
  'reg.account.unknown': 'Not known for {user}: {why}',

  // ---- what the form needs ------------------------------------------------------------------------------------------------------------------
  'reg.autonomous.live': 'The live Controller is registered: the {slot}.',
  'reg.autonomous.nobody': 'No Controller works now, and JOC Cockpit registers only what answers.',
  'reg.autonomous.both': 'Both say that they work: which one to register is not known.',
  'reg.autonomous.licensed': 'This is a licensed cluster: register both.',
  'reg.cluster.possible': 'JOC Cockpit has a licence, and both Controllers are a cluster already.',
  'reg.cluster.word':
    'JOC Cockpit has a licence. Whether both Controllers have one is not known: JOC Cockpit will appoint them as a cluster, and a Controller without a licence cannot be started any more after that. Only with your word that both have one.',
  'reg.cluster.single': 'There is no Secondary.',
  'reg.cluster.no-licence': 'JOC Cockpit has no licence: it refuses two Controllers (JOC-444).',
  'reg.cluster.invalid': 'The licence of JOC Cockpit is not valid: it refuses two Controllers (JOC-444).',
  'reg.cluster.older':
    'JOC Cockpit {version} is older than what Handover knows: it may take two Controllers without a licence; its answer tells.',
  'reg.cluster.unknown': 'Not known whether JOC Cockpit has a licence.',
  'reg.note.writes':
    'As soon as JOC Cockpit is connected it writes to the Controller: a plan schema (DailyPlan) and a calendar. The journal gets a few events more.',
  'reg.note.double': 'JOC Cockpit does not notice a Controller that went back in time, nor a second one that works. Handover does.',
  'reg.note.unregister':
    'Unregistering deletes JOC Cockpit’s entries of this Controller and of its Agents. The Controller itself is not touched.',
  'reg.note.standby': 'This JOC Cockpit is not the active one: it registers nothing.',
  'reg.note.may-not': 'The account that Handover uses may not manage Controllers there.',
  'reg.note.approval':
    'The account that Handover uses works under the four-eyes principle: JOC Cockpit will want a second person’s approval.',
  'reg.note.silent': 'JOC Cockpit does not answer: {why}',
  'reg.note.container': 'It is not known in which container JOC Cockpit runs: which names it can look up is a guess until they are tested.',

  // ---- outcome ------------------------------------------------------------------------------------------------------------------------------
  'reg.done.proved': 'Registered, and JOC Cockpit’s proxy follows the live Controller.',
  'reg.done.not-yet': 'Registered. That JOC Cockpit follows is not proved yet: {why}',
  'reg.followed': 'JOC Cockpit follows the live Controller at {url}.',
} as const;
