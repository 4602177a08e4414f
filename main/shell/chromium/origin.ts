/** A secure context without a certificate: nothing is ever asked of the network, so nobody has to be who they say. */
export const ORIGIN = 'https://app.localhost';
