/** What this program calls itself. The version is that of the Controller it emulates; the build id says what it is. */
export const VERSION = process.env.EMULATED_VERSION ?? '2.9.0';
export const BUILD_ID = `${VERSION}+handover-emulation`;
/** The long form of a version in the Overview is `2.9.1-SNAPSHOT+20260811`; sessions show it without the build part (recording 09/017). */
export const LOGIN_VERSION = VERSION.replace(/\+.*/, '');
