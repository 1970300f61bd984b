const BASE =
  'inline-flex items-center justify-center gap-2 border rounded-m font-semibold no-underline hover:no-underline text-center ' +
  'aria-disabled:bg-sunken aria-disabled:border-line aria-disabled:text-ink-3 aria-disabled:hover:bg-sunken [&_svg]:size-4 [&_svg]:flex-none';
const VARIANT = {
  default: 'bg-surface border-line-strong text-ink hover:bg-sunken',
  primary: 'bg-accent-fill border-accent-fill text-on-accent hover:bg-[color-mix(in_oklab,var(--accent-fill)_88%,var(--ink))]',
  danger: 'bg-bad-fill border-bad-fill text-on-bad hover:bg-[color-mix(in_oklab,var(--bad-fill)_86%,#000)]',
  'danger-quiet': 'bg-surface border-bad-line text-bad hover:bg-bad-soft',
  'on-alarm': 'bg-on-bad border-on-bad text-[#af102e] hover:bg-[#fde9ec] focus-visible:outline-on-bad',
  quiet: 'bg-transparent border-transparent text-ink-2 hover:text-ink hover:bg-sunken',
};
const SIZE = {
  m: 'min-h-9 px-3.5 py-[7px] text-body max-tab:min-h-11',
  s: 'min-h-7 px-2.5 py-[3px] text-data max-tab:min-h-11',
  l: 'min-h-11 px-5 py-[11px] text-[15px] leading-5',
  icon: 'size-8 p-0 max-tab:size-11',
};

export interface ButtonLook {
  readonly variant?: keyof typeof VARIANT | undefined;
  readonly size?: keyof typeof SIZE | undefined;
}

/** How a button looks; links that look like one use it too, on the server as well. */
export const buttonVariants = ({ variant = 'default', size = 'm' }: ButtonLook = {}): string => `${BASE} ${VARIANT[variant]} ${SIZE[size]}`;
