const LEVELS: readonly string[] = ['low', 'medium', 'high'];
/** JOC's security level as its pages write it. */
export const levelWord = (level: string): string => (LEVELS.includes(level.toLowerCase()) ? level.toLowerCase() : level);
