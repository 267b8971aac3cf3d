/** What an administrator lets a namespace hold in an ngrok account. */
package dev.clinicnet.operator.grant;
