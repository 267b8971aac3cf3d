/** {@code inventory}: shows what an ngrok account holds, and for whom. */
package dev.clinicnet.operator.cli.inventory;
