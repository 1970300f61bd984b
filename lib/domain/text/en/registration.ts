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
} as const;
