'use client';
import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { t } from '../text/t';
import { Button } from './button';
import { cn } from './classes';
import { inputClasses } from './field';

/** A password that its owner may look at while typing. */
export function PasswordInput(props: ComponentProps<'input'>) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <input {...props} type={shown ? 'text' : 'password'} className={cn(inputClasses, 'pr-11')} autoCapitalize="none" spellCheck={false} />
      <Button
        variant="quiet"
        size="icon"
        className="absolute right-0.5 top-0.5 max-tab:right-0 max-tab:top-0"
        aria-pressed={shown}
        aria-label={t('ui.password.show')}
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </Button>
    </div>
  );
}
