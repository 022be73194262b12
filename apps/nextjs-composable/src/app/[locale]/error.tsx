'use client';

export { default } from '../(one-language)/error';
