/* SPDX-License-Identifier: MIT */
/*
 * Source annotations. They describe contracts to Microsoft's analyser; here they expand to nothing.
 */
#ifndef SAL_H
#define SAL_H

#define _In_
#define _In_opt_
#define _Out_
#define _Out_opt_
#define _Inout_
#define _Inout_opt_
#define _IRQL_requires_max_(Irql)
#define _Must_inspect_result_

#endif /* SAL_H */
