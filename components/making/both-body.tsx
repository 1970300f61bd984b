'use client';
import { useState } from 'react';
import type { SetupOptions } from '@/lib/contract/setup';
import { BothFields } from './both-fields';
import { bothForm, bothInput, type CreateBoth } from './form-model';
import { Wizard } from './wizard';

export function BothBody({ options, first }: { options: SetupOptions; first: CreateBoth }) {
  const [form, setForm] = useState(() => bothForm(first));
  return (
    <Wizard
      kind="create-both"
      options={options}
      input={bothInput(form)}
      folded={false}
      fields={<BothFields form={form} put={setForm} options={options} />}
      back="/clusters/new"
    />
  );
}
