/** {@code plan}: shows what the operator would change in an ngrok account, and changes nothing. */
package dev.clinicnet.operator.cli.plan;
