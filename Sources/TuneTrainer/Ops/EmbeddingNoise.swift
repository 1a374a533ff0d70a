import CKernels

/// x[t] += amplitude[t] · u,  u uniform in −1…1 for each channel      x: (T, C)  identities, amplitudes: (T)
///
/// The noise depends on nothing trained, so the gradient passes through as it is.
func addNoise(
    to x: Matrix, amplitudes: [Float], identities: [UInt64], salt: UInt64, on team: Team
) {
    precondition(amplitudes.count == x.rows && identities.count == x.rows)
    amplitudes.withUnsafeBufferPointer { amplitudes in
        identities.withUnsafeBufferPointer { identities in
            nonisolated(unsafe) let (amplitudes, identities) = (amplitudes.baseAddress!, identities.baseAddress!)
            team.split(x.rows, grain: 8) { rows in
                let t = rows.lowerBound
                tk_add_noise(x.row(t), identities + t, salt, amplitudes + t, rows.count, x.columns)
            }
        }
    }
}
