import { refuseValue } from '../transport/check-options.js'

const example = 'an absolute URL such as https://scim.example.com/scim/v2'

/**
 * Reads the address of a service provider.
 *
 * @param text The address.
 * @param allowInsecure Whether `http:` may go to other machines.
 * @returns The address without a slash at its end.
 * @throws {TypeError} When it is not a URL, or would send credentials in the clear.
 */
export function readBaseUrl(text: string, allowInsecure: boolean): string {
  if (!URL.canParse(text)) {
    // Anything else may be a token that was put in the wrong place; only a path and a host name are shown.
    if (typeof text !== 'string' || (text.length < 64 && /^([\w.]*\/[\w./-]*)?$/.test(text)))
      refuseValue('baseUrl', text, example)
    refuse('is not a URL')
  }
  const url = new URL(text)
  const { protocol, hostname } = url
  if (protocol !== 'https:' && protocol !== 'http:') refuse(`begins with ${protocol}`)
  if (url.username !== '' || url.password !== '') refuse('holds credentials, which authenticate takes')
  if (url.search !== '' || url.hash !== '') refuse('has a query or a fragment')
  if (protocol === 'http:' && !allowInsecure && !isLoopback(hostname)) {
    refuse(`begins with http://${hostname} and allowInsecure is not true`)
  }
  return url.href.replace(/(?<!\/)\/+$/, '')
}

function refuse(fault: string): never {
  throw new TypeError(`baseUrl ${fault}; give ${example}`)
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
