'use client';

import { useState } from 'react';

/** A client component of the least size, so that both pages have one. */
export function Bare() {
  const [name] = useState('nobody');
  return <p>Hello, {name}</p>;
}
